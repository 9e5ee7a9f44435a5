"""docs/tour-plan.md shows what the program says today."""

import unittest

import tour
from support import PROGRAM


class TourTest(unittest.TestCase):
    maxDiff = None

    def test_every_command_of_the_tour_prints_what_the_page_shows(self):
        page = tour.PAGE.read_text(encoding="utf-8")
        self.assertEqual(page.splitlines(), tour.with_output(page, tour.pathlib.Path(PROGRAM)).splitlines())


if __name__ == "__main__":
    unittest.main()
