"""Cohorts, directorates, enterprises, experiments, their framework and their sites."""
