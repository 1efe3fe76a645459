"""From a Request to the flow that serves it: every command once."""

import pytest

from gui.shell.commands import Command, Request
from gui.shell.navigator import OF_PANELS, Navigator

SERVED = [command for command in Command if command not in OF_PANELS]


class Noting:
    """A flow that notes what it was asked."""

    def __init__(self, *commands: Command) -> None:
        self.requests: list[Request] = []
        self.handlers = dict.fromkeys(commands, self.requests.append)


def test_each_request_goes_to_the_flow_that_serves_it():
    flows = [Noting(*SERVED[0::3]), Noting(*SERVED[1::3]), Noting(*SERVED[2::3])]
    navigator = Navigator()
    navigator.serve(flows)
    for number, command in enumerate(SERVED):
        request = Request(command, login_id=number, app_id="1", page_id="2", link="apps", notice="n")
        navigator.navigate(request)
        assert flows[number % 3].requests[-1] is request
    assert sum(len(flow.requests) for flow in flows) == len(SERVED)


@pytest.mark.parametrize("left_out", SERVED)
def test_a_command_that_no_flow_serves_is_noticed_at_once(left_out):
    with pytest.raises(ValueError, match=left_out.value):
        Navigator().serve([Noting(*(command for command in SERVED if command is not left_out))])


def test_a_command_that_two_flows_serve_is_noticed_at_once():
    with pytest.raises(ValueError, match="two flows"):
        Navigator().serve([Noting(*SERVED), Noting(SERVED[0])])


@pytest.mark.parametrize("command", sorted(OF_PANELS))
def test_what_is_a_panels_own_does_nothing_here(command):
    flow, navigator = Noting(*SERVED), Navigator()
    navigator.serve([flow])
    navigator.navigate(Request(command))
    assert flow.requests == []
