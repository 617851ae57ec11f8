package dev.aerie.ingest.rtsp;

import dev.aerie.auth.Credentials;
import dev.aerie.auth.DigestAuth;
import dev.aerie.auth.Nonces;
import dev.aerie.auth.Secrets;
import dev.aerie.rtsp.message.RtspMessage;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;

/// Checks who a client is: Digest with SHA-256 or MD5 (RFC 7616), whichever it picks, or Basic (RFC 7617) where that is
/// allowed.
final class Authenticator {

    private static final String REALM = "aerie";

    private final Nonces nonces;
    private final boolean basic;

    /// - `basic`: whether passwords are taken in the clear
    Authenticator(InstantSource clock, Duration nonceLifetime, SecureRandom random, boolean basic) {
        this.basic = basic;
        nonces = new Nonces(clock, nonceLifetime, random);
    }

    /// What a client that is not let in is answered.
    ///
    /// - `isStale`: its credentials are right, its nonce is old or of another connection
    record Challenge(RtspResponse response, boolean isStale) {}

    /// What proves that a client is the user of this name; empty for one who may not do what is asked.
    @FunctionalInterface
    interface Users {
        Optional<Credentials> find(String user);
    }

    /// The answer that asks the client for its credentials; empty where the request carries the right ones.
    ///
    /// - `connection`: number of the connection that it came on
    Optional<Challenge> challenge(RtspMessage.Request request, Users users, long connection) {
        String authorization = request.header("Authorization").orElse("");
        int space = authorization.indexOf(' ');
        String scheme = space < 0 ? "" : authorization.substring(0, space);
        String rest = authorization.substring(space + 1).strip();
        if (basic && scheme.equalsIgnoreCase("Basic")) {
            return isBasic(rest, users) ? Optional.empty() : Optional.of(unauthorized(false, connection));
        }
        if (scheme.equalsIgnoreCase("Digest")) {
            return checkDigest(DigestAuth.parse(rest), request, users, connection);
        }
        return Optional.of(unauthorized(false, connection));
    }

    private static boolean isBasic(String base64, Users users) {
        String given = decoded(base64);
        int colon = given.indexOf(':');
        return colon >= 0
                && users.find(given.substring(0, colon))
                        .filter(known -> Secrets.areEqual(known.user() + ":" + known.password(), given))
                        .isPresent();
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    private Optional<Challenge> checkDigest(
            DigestAuth digest, RtspMessage.Request request, Users users, long connection) {
        boolean secret = users.find(digest.get("username"))
                .filter(known -> digest.isMadeWith(request.method(), known))
                .isPresent();
        boolean place = digest.get("realm").equals(REALM) && isSameStream(digest.get("uri"), request.uri());
        boolean right = secret && place;
        return switch (nonces.check(digest.get("nonce"), connection)) {
            case VALID -> right ? Optional.empty() : Optional.of(unauthorized(false, connection));
            case STALE -> Optional.of(unauthorized(right, connection));
            case FORGED -> Optional.of(unauthorized(false, connection));
        };
    }

    /// Players sign the URI of the stream, of the track or of the presentation: all of the same stream.
    private static boolean isSameStream(String signed, String requested) {
        try {
            return signed.equals(requested)
                    || StreamUri.parse(signed).stream().equals(StreamUri.parse(requested).stream());
        } catch (RefusedException _) {
            return false;
        }
    }

    /// Offers the strongest first and MD5 last of the digests: FFmpeg takes the last Digest, others the first they
    /// know.
    private Challenge unauthorized(boolean stale, long connection) {
        String nonce = nonces.make(connection);
        String digest = "Digest realm=\"" + REALM + "\", nonce=\"" + nonce + "\"" + (stale ? ", stale=true" : "");
        var response = RtspResponse.refused(401, "credentials are needed")
                .header("WWW-Authenticate", digest + ", algorithm=SHA-256")
                .header("WWW-Authenticate", digest + ", algorithm=MD5");
        if (basic) {
            response.header("WWW-Authenticate", "Basic realm=\"" + REALM + "\"");
        }
        return new Challenge(response, stale);
    }
}
