package dev.aerie.auth;

/// A user and a password; [#toString] keeps the password to itself.
public record Credentials(String user, String password) {

    public Credentials {
        if (user.isEmpty() || user.indexOf(':') >= 0 || user.indexOf('"') >= 0) {
            throw new IllegalArgumentException("a user name is not empty and has no colon or quote in it");
        }
    }

    @Override
    public String toString() {
        return "Credentials[user=" + user + "]";
    }
}
