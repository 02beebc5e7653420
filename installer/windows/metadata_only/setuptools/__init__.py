"""Stands in for setuptools while pip downloads a source package: nothing in that package is run.

pip asks the build system of whatever it downloads for a name and a version, which would run the
package's own setup.py. What is wanted is the file, whose hash pip checks before asking.
"""
