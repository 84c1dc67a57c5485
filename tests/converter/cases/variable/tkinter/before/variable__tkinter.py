"""Not airflow."""

from tkinter import Variable

NAME = Variable()
