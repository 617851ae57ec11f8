package dev.aerie.service.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.aerie.auth.Caller;
import dev.aerie.auth.Role;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads name and role out of a token's claims. Roles are called as ours, or so with `aerie-` in front; the one
/// that may most counts.
final class OidcRoles {

    private static final String PREFIX = "aerie-";
    private static final int MAX_NAME_CHARACTERS = 100;
    private static final List<String> NAMES = List.of("preferred_username", "email", "sub");

    private final List<String> path;

    OidcRoles(String roleClaim) {
        this.path = List.of(roleClaim.split("/", -1));
    }

    /// Empty for who has none of our roles.
    Optional<Caller> caller(JWTClaimsSet claims) {
        return Stream.of(found(claims.getClaims()))
                .flatMap(OidcRoles::texts)
                .map(text -> text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text)
                .flatMap(text -> Role.of(text).stream())
                .max(Role::compareTo)
                .map(role -> new Caller(name(claims), role));
    }

    private Object found(Map<String, Object> claims) {
        @Nullable Object at = claims;
        for (String part : path) {
            at = at instanceof Map<?, ?> map ? map.get(part) : null;
        }
        return at == null ? List.of() : at;
    }

    private static Stream<String> texts(Object value) {
        return switch (value) {
            case String text -> Arrays.stream(text.split(" ", -1));
            case Collection<?> several ->
                several.stream().filter(String.class::isInstance).map(String.class::cast);
            default -> Stream.empty();
        };
    }

    private static String name(JWTClaimsSet claims) {
        String name = NAMES.stream()
                .map(claims::getClaim)
                .filter(Objects::nonNull)
                .map(Object::toString)
                .findFirst()
                .orElse("?");
        String plain = name.codePoints()
                .filter(each -> !Character.isISOControl(each))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return plain.length() > MAX_NAME_CHARACTERS ? plain.substring(0, MAX_NAME_CHARACTERS) : plain;
    }
}
