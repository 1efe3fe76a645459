"""Pages of Facebook and of the App Dashboard that a button opens in the person's own browser."""

_DASHBOARD = "https://developers.facebook.com/apps"
_OF_APP = {
    "app_basic": "settings/basic/",
    "app_advanced": "settings/advanced/",
    "app_roles": "roles/roles/",
    "app_use_cases": "use_cases/",
    "app_alerts": "alerts/inbox/",
    "login_settings": "fb-login/settings/",
    "app_publish": "go_live/",
}
_ELSEWHERE = {
    "apps": f"{_DASHBOARD}/",
    "create_app": f"{_DASHBOARD}/creation/",
    "facebook": "https://www.facebook.com/",
    "two_factor": "https://accountscenter.facebook.com/password_and_security/two_factor/",
    "business_integrations": "https://www.facebook.com/settings/?tab=business_tools",
    "apps_and_websites": "https://www.facebook.com/settings/?tab=applications",
    "connected_apps": "https://business.facebook.com/latest/settings/connected_apps",
    "business_settings": "https://business.facebook.com/latest/settings/",
    "instagram": "https://www.instagram.com/",
    "ads_manager": "https://adsmanager.facebook.com/",
    "explorer": "https://developers.facebook.com/tools/explorer/",
}


def link_address(name: str, app_id: str = "") -> str:
    """The address behind a name; one of an app leads to the list of apps while its App ID is not known."""
    if name in _OF_APP:
        return f"{_DASHBOARD}/{app_id}/{_OF_APP[name]}" if app_id else _ELSEWHERE["apps"]
    return _ELSEWHERE[name]
