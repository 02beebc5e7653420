"""The demonstration notebook: a real programme, fictitious values, said so everywhere.

Texts are in resources/demo; here is only how they become a notebook written over two years.
"""

from desktop_app.services.demo.steps import DemoStep, demo_steps, write_demo

__all__ = ["DemoStep", "demo_steps", "write_demo"]
