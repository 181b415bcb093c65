-- The views of the browsable file, in SQLite's own words.

CREATE VIEW claims AS
SELECT places.name AS place_name, measures.label AS measure_label, figures.who, figures.destination,
    CASE figures.bound
        WHEN 'exact' THEN CAST(low AS TEXT) WHEN 'about' THEN 'about ' || low WHEN 'at_least' THEN 'at least ' || low
        WHEN 'more_than' THEN 'more than ' || low WHEN 'at_most' THEN 'at most ' || high
        WHEN 'fewer_than' THEN 'fewer than ' || high ELSE low || '–' || high END AS value,
    figures.as_of, figures.period_start, figures.period_end, sources.publisher, sources.published,
    figures.locator, sources.reliability || figures.credibility AS grade, figures.status, sources.url,
    figures.low, figures.high, figures.bound, figures.place, figures.measure, figures.source, figures.id AS figure
FROM figures JOIN places ON places.id = figures.place JOIN measures ON measures.id = figures.measure
    JOIN sources ON sources.id = figures.source
WHERE figures.status <> 'withdrawn';

CREATE VIEW origins AS
WITH RECURSIVE told(figure, claim) AS (
    SELECT id, id FROM figures WHERE status <> 'withdrawn'
    UNION
    SELECT told.figure, figures.relays_figure FROM told JOIN figures ON figures.id = told.claim
    WHERE figures.relays_figure IS NOT NULL
),
chain(figure, claim, source) AS (
    SELECT told.figure, told.claim, COALESCE(figures.relays, figures.source)
    FROM told JOIN figures ON figures.id = told.claim WHERE figures.relays_figure IS NULL
    UNION
    SELECT chain.figure, chain.claim, relays.relays FROM chain JOIN relays ON relays.source = chain.source
)
SELECT chain.figure, chain.source AS origin, sources.publisher AS origin_publisher,
    CASE WHEN figures.official = 'yes' AND places.kind = 'country' THEN figures.place
        ELSE COALESCE(NULLIF(sources.authority, ''), sources.id) END AS authority
FROM chain JOIN sources ON sources.id = chain.source JOIN figures ON figures.id = chain.claim
    JOIN places ON places.id = figures.place
WHERE chain.source NOT IN (SELECT source FROM relays);

CREATE VIEW disagreements AS
SELECT places.name AS place_name, measures.label AS measure_label, figures.who,
    COUNT(*) AS claims, COUNT(DISTINCT figures.source) AS documents, MIN(COALESCE(low, high)) AS lowest,
    MAX(COALESCE(high, low)) AS highest, figures.place, figures.measure
FROM figures JOIN places ON places.id = figures.place JOIN measures ON measures.id = figures.measure
WHERE figures.status <> 'withdrawn'
GROUP BY figures.place, figures.measure, figures.who
HAVING COUNT(*) > 1;

CREATE VIEW documents AS
SELECT sources.publisher, sources.title, sources.published, sources.kind, sources.language, sources.reliability,
    (SELECT COUNT(*) FROM figures WHERE figures.source = sources.id AND figures.status <> 'withdrawn') AS figures,
    (SELECT COUNT(*) FROM relays WHERE relays.source = sources.id) AS relays_others,
    (SELECT COUNT(*) FROM relays WHERE relays.relays = sources.id) AS relayed_by,
    sources.status, sources.url, sources.archive_url, sources.id AS source
FROM sources;

CREATE VIEW coverage AS
SELECT places.name AS place_name, measures.label AS measure_label, COUNT(*) AS claims,
    COUNT(DISTINCT figures.source) AS documents, MIN(COALESCE(period_start, as_of)) AS earliest,
    MAX(COALESCE(period_end, as_of)) AS latest, figures.place, figures.measure
FROM figures JOIN places ON places.id = figures.place JOIN measures ON measures.id = figures.measure
WHERE figures.status <> 'withdrawn'
GROUP BY figures.place, figures.measure;
