package orders.http;

import orders.application.usecase.CreateAccount;
import orders.application.usecase.FindAccount;
import orders.application.usecase.LogIn;
import orders.application.usecase.RegisterAccount;
import orders.http.auth.TokenIssuer;

/// All that can be asked about accounts, where this server keeps them itself.
public record OwnAccounts(
    RegisterAccount registerAccount,
    LogIn logIn,
    CreateAccount createAccount,
    FindAccount findAccount,
    TokenIssuer tokens) {}
