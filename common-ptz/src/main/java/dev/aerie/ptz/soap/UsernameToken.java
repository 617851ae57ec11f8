package dev.aerie.ptz.soap;

import static dev.aerie.ptz.soap.OnvifNames.SECURITY;
import static dev.aerie.ptz.soap.OnvifNames.UTILITY;

import dev.aerie.auth.Credentials;
import dev.aerie.auth.Secrets;
import dev.aerie.ptz.xml.XmlElement;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// Proves a password without sending it: base64(SHA-1(nonce + created + password)).
///
/// Source: OASIS, WS-Security UsernameToken Profile 1.0.
///
/// - `nonce`: base64
/// - `created`: the device's time, as it was sent
public record UsernameToken(String user, String nonce, String created, String digest) {

    private static final String PROFILE =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest";
    private static final String BASE64 =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary";

    /// A token for one message.
    ///
    /// - `nonce`: random, another one for every message; lent
    /// - `deviceTime`: now by the device's clock
    public static UsernameToken of(Credentials credentials, byte[] nonce, Instant deviceTime) {
        String created = deviceTime.truncatedTo(ChronoUnit.MILLIS).toString();
        return new UsernameToken(
                credentials.user(),
                Base64.getEncoder().encodeToString(nonce),
                created,
                digest(nonce, created, credentials.password()));
    }

    /// The token in a message's `wsse:Security`; empty without one by digest.
    public static Optional<UsernameToken> in(XmlElement security) {
        var token = security.find("UsernameToken");
        boolean digest = token.flatMap(found -> found.find("Password"))
                .flatMap(password -> password.attribute("Type"))
                .filter(PROFILE::equals)
                .isPresent();
        return digest
                ? token.map(found -> new UsernameToken(
                        found.textAt("Username").orElse(""),
                        found.textAt("Nonce").orElse(""),
                        found.textAt("Created").orElse(""),
                        found.textAt("Password").orElse("")))
                : Optional.empty();
    }

    /// When it was made, by the device's clock; empty where that is no time.
    public Optional<Instant> createdAt() {
        try {
            return Optional.of(OffsetDateTime.parse(created).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// Whether these credentials made it.
    public boolean isMadeWith(Credentials credentials) {
        try {
            byte[] bytes = Base64.getDecoder().decode(nonce);
            return Secrets.areEqual(credentials.user(), user)
                    && Secrets.areEqual(digest(bytes, created, credentials.password()), digest);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// The header `wsse:Security`.
    public XmlElement toHeader() {
        return XmlElement.of(
                        SECURITY,
                        "Security",
                        XmlElement.of(
                                SECURITY,
                                "UsernameToken",
                                XmlElement.ofText(SECURITY, "Username", user),
                                XmlElement.ofText(SECURITY, "Password", digest).withAttribute("Type", PROFILE),
                                XmlElement.ofText(SECURITY, "Nonce", nonce).withAttribute("EncodingType", BASE64),
                                XmlElement.ofText(UTILITY, "Created", created)))
                .withAttribute("{" + OnvifNames.SOAP + "}mustUnderstand", "1");
    }

    @Override
    public String toString() {
        return "UsernameToken[user=" + user + ", created=" + created + "]";
    }

    private static String digest(byte[] nonce, String created, String password) {
        try {
            byte[] text = (created + password).getBytes(StandardCharsets.UTF_8);
            byte[] all = Arrays.copyOf(nonce, nonce.length + text.length);
            System.arraycopy(text, 0, all, nonce.length, text.length);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(all));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
