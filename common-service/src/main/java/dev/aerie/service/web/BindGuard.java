package dev.aerie.service.web;

import dev.aerie.service.config.ServiceConfig;
import dev.aerie.settings.InvalidSettingException;
import dev.aerie.settings.Settings;
import io.quarkus.runtime.PreventFurtherStepsException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;

/// Refuses to serve a network without credentials. It looks at the addresses as they hold in the end, whichever way
/// they were set: by a variable, a system property, `.env` in the working folder, `application.properties` beside the
/// jar.
public final class BindGuard {

    /// Of the observer of `StartupEvent` that asks for it: before anything listens.
    public static final int PRIORITY = 100;

    private static final String HTTP_HOST = "quarkus.http.host";

    /// What Quarkus listens on where nothing is said.
    private static final String EVERYWHERE = "0.0.0.0";

    private static final int EXIT_WRONG_SETTING = 2;

    private BindGuard() {}

    /// Ends the start with status 2 and one line on standard error if HTTP, or another server at `otherHosts`, is open
    /// to a network while one of `credentials` is missing.
    ///
    /// - `otherHosts`: addresses by the setting that says them
    /// - `credentials`: by the variable that is to say them
    public static void require(Map<String, String> otherHosts, Map<String, Optional<String>> credentials) {
        String http = ConfigProvider.getConfig()
                .getOptionalValue(HTTP_HOST, String.class)
                .orElse(EVERYWHERE);
        try {
            check(HTTP_HOST, http, credentials);
            otherHosts.forEach((setting, host) -> check(setting, host, credentials));
        } catch (InvalidSettingException open) {
            // Quarkus prints the cause's message and ends with its status; thrown bare, it would be swallowed.
            throw new IllegalStateException(
                    open.getMessage(), new PreventFurtherStepsException(open.getMessage(), EXIT_WRONG_SETTING));
        }
    }

    /// The credentials of HTTP by their variables; with tokens none else are needed.
    public static Map<String, Optional<String>> ofHttp(ServiceConfig config) {
        return config.tokens().isPresent()
                ? Map.of()
                : Map.of("AERIE_USERNAME", config.username(), "AERIE_PASSWORD", config.password());
    }

    static void check(String setting, String host, Map<String, Optional<String>> credentials) {
        List<String> missing = credentials.entrySet().stream()
                .filter(one -> one.getValue().orElse("").isEmpty())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        Settings.requireBeyondLoopback(setting, host, missing);
    }
}
