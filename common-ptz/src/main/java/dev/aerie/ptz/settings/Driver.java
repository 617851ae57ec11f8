package dev.aerie.ptz.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How a camera is spoken to.
public enum Driver {
    /// Not at all: its mechanics are simulated.
    SIMULATED,
    /// Hikvision's HTTP interface.
    ISAPI,
    /// ONVIF's SOAP interface, Profile S or T.
    ONVIF;

    /// The driver of this name in the settings; `simulator` and `hikvision` are other names of two.
    static Optional<Driver> named(String name) {
        String known = switch (name) {
            case "simulator" -> "simulated";
            case "hikvision" -> "isapi";
            default -> name;
        };
        return Arrays.stream(values())
                .filter(driver -> driver.key().equals(known))
                .findFirst();
    }

    /// Its name in the settings.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
