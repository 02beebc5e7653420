"""Documents for people who do not have the program: calm, tagged (PDF/UA-1), in French."""

from desktop_app.exports.pdf.experiment import write_experiment
from desktop_app.exports.pdf.visit import write_visit

__all__ = ["write_experiment", "write_visit"]
