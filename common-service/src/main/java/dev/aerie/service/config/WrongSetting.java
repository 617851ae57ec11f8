package dev.aerie.service.config;

import io.quarkus.runtime.PreventFurtherStepsException;

/// Ends a service's start because of a setting.
public final class WrongSetting {

    private static final int EXIT_STATUS = 2;

    private WrongSetting() {}

    /// To be thrown while the service starts: it ends with status 2 and these words on one line of standard error.
    public static IllegalStateException of(String words) {
        // Quarkus prints the cause's message and ends with its status; thrown bare, it would be swallowed.
        return new IllegalStateException(words, new PreventFurtherStepsException(words, EXIT_STATUS));
    }
}
