"""A moderator's change over the wire: forms and cards as Discord's own document wants them, and the receipt in time."""

from __future__ import annotations

from pathlib import Path

from tests.patience import PATIENCE
from tests.twin.twin import Twin, running_bot

ROLE = 4242
BELGIUM = "be-travelled-hln_belga_2019_11_30"
BIG = b"place,measure,low,high,bound,as_of,source,locator\n" + b"".join(
    b"MT,travelled,%d,%d,exact,2015-12,tsg_2015,%d\n" % (number, number, number) for number in range(60_000)
)


async def test_a_figure_is_corrected_over_the_wire(tmp_path: Path) -> None:
    twin = Twin()
    twin.home.roles[ROLE] = "Moderators"
    noor, ada = twin.person("noor", roles=(ROLE,)), twin.person("ada")
    home, role = str(twin.home.id), str(ROLE)
    async with twin.serving(), running_bot(twin, tmp_path, home_server=home, moderator_roles=role):
        opened = await noor.uses("figure-edit", figure=BELGIUM, cause="typo")
        assert opened.first["type"] == 9
        faulty = await noor.submits(opened, value="a few", because="Read again")
        assert "Correct it" in faulty.buttons
        again = await noor.presses(faulty.posts[-1], "Correct it")
        shown = await noor.submits(again, value="5,000")
        assert "5,000" in shown.text
        assert "What this changes" in shown.text
        receipt = await noor.presses(shown.posts[-1], "Write it")
        assert "Written as data revision 2" in str(receipt.first)
        assert "5,000 people" in (await ada.uses("figure", place="BE")).text
        reading = await noor.attaches("import", "file", ("big.csv", BIG), because="The table")
        assert "of about 60,000 rows" in reading.text
        stopping = await noor.presses(reading.posts[-1], "Stop")
        assert "Stop" in str(stopping.first)
        await twin.rest.wait_until(
            lambda: (
                ["Stopped reading" in str(post.body) for post in twin.world.of_interaction(reading.token)] == [True]
            ),
            seconds=PATIENCE,
        )
        refused = await ada.uses("figure-edit", figure=BELGIUM)
        assert "for moderators" in refused.text
    assert twin.rest.refused == []
