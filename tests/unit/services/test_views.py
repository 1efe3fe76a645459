"""A view shows the Pages of everybody, of one login or of one app."""

from hypothesis import given
from hypothesis import strategies as st

from gui.services.views import View, ViewKind
from gui.values import StoredLogin

APPS = ("180", "190", "200")
#: Any set of logins, by numbers of their own.
LOGINS = st.lists(
    st.builds(
        lambda number, app_id, name: StoredLogin(number, app_id, f"App {app_id}", str(100 + number), name),
        st.integers(1, 99),
        st.sampled_from(APPS),
        st.sampled_from(["Amira", "أميرة", "🌸", ""]),
    ),
    unique_by=lambda login: login.id,
    max_size=12,
)


@given(LOGINS)
def test_the_view_of_all_shows_everybody_in_their_order(logins):
    assert View().kind is ViewKind.ALL
    assert View().logins(logins) == tuple(logins)


@given(LOGINS, st.integers(1, 99))
def test_the_view_of_a_login_shows_that_one_or_nobody_once_it_is_gone(logins, number):
    login = StoredLogin(number, "180", "App 180", "122", "Amira")
    logins_of_view = View.of_login(login).logins(logins)
    assert [one.id for one in logins_of_view] == [one.id for one in logins if one.id == number]
    assert len(logins_of_view) <= 1


@given(LOGINS, st.sampled_from([*APPS, "999", ""]))
def test_the_view_of_an_app_shows_those_who_are_connected_through_it(logins, app_id):
    logins_of_view = View.of_app(app_id).logins(logins)
    assert logins_of_view == tuple(login for login in logins if login.app_id == app_id)


@given(LOGINS)
def test_the_views_of_all_apps_together_show_everybody_once(logins):
    logins_of_view = [login.id for app_id in APPS for login in View.of_app(app_id).logins(logins)]
    assert sorted(logins_of_view) == sorted(login.id for login in logins)


def test_views_of_the_same_are_the_same():
    login = StoredLogin(7, "180", "App", "122", "Amira")
    renamed = StoredLogin(7, "180", "App", "122", "Anna", pages=3)
    assert View.of_login(login) == View.of_login(renamed) == View(ViewKind.LOGIN, login_id=7)
    assert View.of_app("180") == View(ViewKind.APP, app_id="180")
    assert len({View(), View.of_login(login), View.of_app("180"), View.of_app("190")}) == 4
