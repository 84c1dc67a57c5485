from functools import partial


class Text:
    def __init__(self, text):
        self.text = text

    def expand(self, *words):
        return self.text.format(*words)

    def partial(self, **words):
        return partial(self.expand, **words)


print(Text("{} {}").expand("not", "airflow's"), Text("{}").partial()("one"))
