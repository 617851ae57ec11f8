package dev.aerie.service.web;

import dev.aerie.service.config.ServiceConfig;
import dev.aerie.service.config.WrongSetting;
import dev.aerie.settings.InvalidSettingException;
import dev.aerie.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/// Refuses to serve a network without credentials, or in the clear. It looks at the addresses as they hold in
/// the end, whichever way they were set: by a variable, a system property, `.env` in the working folder,
/// `application.properties` beside the jar.
public final class BindGuard {

    /// Of the observer of `StartupEvent` that asks for it: before anything listens.
    public static final int PRIORITY = 100;

    private static final String HTTP_HOST = "quarkus.http.host";

    /// What Quarkus listens on where nothing is said.
    private static final String EVERYWHERE = "0.0.0.0";

    private static final String INSECURE_REQUESTS = "quarkus.http.insecure-requests";

    /// What Quarkus calls a server that answers HTTPS alone.
    private static final Set<String> ANSWERS_HTTPS_ALONE = Set.of("disabled", "redirect");

    /// Where a service listens.
    ///
    /// - `setting`: which says it
    /// - `isEncrypted`: whether all that passes is
    public record Door(String setting, String host, boolean isEncrypted) {}

    private BindGuard() {}

    /// Ends the start with status 2 and one line on standard error if HTTP, or one of `others`, is open to a network
    /// while one of `credentials` is missing, or in the clear without something in front of it that encrypts.
    ///
    /// - `credentials`: by the variable that is to say them
    public static void require(ServiceConfig config, List<Door> others, Map<String, Optional<String>> credentials) {
        require(config.tlsTerminated(), others, credentials);
    }

    static void require(boolean isTerminated, List<Door> others, Map<String, Optional<String>> credentials) {
        var doors = new ArrayList<Door>();
        doors.add(http(ConfigProvider.getConfig()));
        doors.addAll(others);
        try {
            doors.forEach(door -> check(door, isTerminated, credentials));
        } catch (InvalidSettingException open) {
            throw WrongSetting.of(String.valueOf(open.getMessage()));
        }
    }

    /// The credentials of HTTP by their variables; with tokens or an issuer none else are needed.
    public static Map<String, Optional<String>> ofHttp(ServiceConfig config) {
        return config.tokens().isPresent() || config.oidcUrl().isPresent()
                ? Map.of()
                : Map.of("AERIE_USERNAME", config.username(), "AERIE_PASSWORD", config.password());
    }

    private static Door http(Config config) {
        String host = config.getOptionalValue(HTTP_HOST, String.class).orElse(EVERYWHERE);
        String insecure =
                config.getOptionalValue(INSECURE_REQUESTS, String.class).orElse("");
        return new Door(HTTP_HOST, host, ANSWERS_HTTPS_ALONE.contains(insecure));
    }

    static void check(Door door, boolean isTerminated, Map<String, Optional<String>> credentials) {
        var missing = new ArrayList<>(credentials.entrySet().stream()
                .filter(one -> one.getValue().orElse("").isEmpty())
                .map(Map.Entry::getKey)
                .sorted()
                .toList());
        if (!door.isEncrypted() && !isTerminated) {
            missing.add(Settings.ENCRYPTION);
        }
        Settings.requireBeyondLoopback(door.setting(), door.host(), missing);
    }
}
