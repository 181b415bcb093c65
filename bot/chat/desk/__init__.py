"""What moderators do, step by step: forms, drafts, previews, imports, reviews and announcements."""
