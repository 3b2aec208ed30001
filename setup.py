"""What pyproject.toml cannot say: who works on the site can import its figures from any folder, and whoever takes a wheel of it
has no package of that name, for his own project may have one."""

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildPy(build_py):
    """An editable installation finds the figures as well."""

    def run(self):
        super().run()
        if self.editable_mode:
            self.distribution.packages.append("figures")


setup(cmdclass={"build_py": BuildPy})
