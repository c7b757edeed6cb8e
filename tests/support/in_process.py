"""An executor that starts nothing."""

from concurrent.futures import Executor, Future


class InProcess(Executor):
    """Runs at once; stands for any executor a user may bring."""

    def submit(self, function, /, *args, **kwargs):
        future = Future()
        try:
            future.set_result(function(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future

    def shutdown(self, wait=True, **how):
        """Nothing to end, however it is asked for."""
