"""The addresses of signing in, and of a person's own sign-in."""

from django.urls import path

from homeward.web.account import views as account
from homeward.web.sign_in import directory, views

urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-in", views.sign_in, name="account_login"),  # allauth's name for it
    path("sign-in/second-factor", views.second_factor, name="mfa_authenticate"),
    path("sign-in/passkey", views.with_passkey, name="mfa_login_webauthn"),
    path("sign-in/directory", directory.directory_sign_in, name="directory_sign_in"),
    path("sign-in/directory/back", directory.directory_callback, name="directory_callback"),
    path("sign-in/new-password/<str:uidb64>/<str:token>", views.new_password, name="new_password"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("still-here", views.still_here, name="still_here"),
    path("confirm", views.confirm, name="confirm"),
    path("your-sign-in", account.your_sign_in, name="your_sign_in"),
    path("your-sign-in/second-factor", account.second_factor, name="second_factor"),
    path("your-sign-in/app", account.factor_app, name="factor_app"),
    path("your-sign-in/app/code.svg", account.factor_app_picture, name="factor_app_picture"),
    path("your-sign-in/app/remove", account.factor_app_remove, name="factor_app_remove"),
    path("your-sign-in/passkey", account.factor_passkey, name="factor_passkey"),
    path("your-sign-in/passkey/<int:pk>/remove", account.factor_passkey_remove, name="factor_passkey_remove"),
    path("your-sign-in/recovery-codes", account.recovery_codes, name="recovery_codes"),
    path("your-sign-in/password", account.own_password, name="own_password"),
    path("your-sign-in/sessions/<int:pk>/end", account.session_end, name="session_end"),
    path("your-sign-in/sessions/end", account.sessions_end, name="sessions_end"),
]
