package dev.aerie.ptz.onvif;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A device that answered a probe.
///
/// - `endpoint`: its lasting identity, a URN
/// - `addresses`: of its device service, at least one; `http` or `https`
/// - `scopes`: what it says of itself, `onvif://www.onvif.org/…`
public record DiscoveredCamera(String endpoint, List<URI> addresses, List<String> scopes) {

    private static final String SCOPE = "onvif://www.onvif.org/";

    public DiscoveredCamera {
        addresses = List.copyOf(addresses);
        scopes = List.copyOf(scopes);
    }

    /// Its name for people; empty where it has none.
    public String name() {
        return scope("name/");
    }

    /// Its model, as it calls it; empty where it does not say.
    public String hardware() {
        return scope("hardware/");
    }

    /// Whether it says that it pans, tilts and zooms.
    public boolean isPtz() {
        return scopes.stream().anyMatch(scope -> scope.equalsIgnoreCase(SCOPE + "type/ptz"));
    }

    private String scope(String key) {
        return scopes.stream()
                .filter(scope -> scope.startsWith(SCOPE + key))
                .map(scope -> decoded(scope.substring(SCOPE.length() + key.length())))
                .findFirst()
                .orElse("");
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }
}
