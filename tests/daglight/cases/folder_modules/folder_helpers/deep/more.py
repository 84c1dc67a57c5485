from folder_helpers import double

TEXT = "deep" + str(double(1))
