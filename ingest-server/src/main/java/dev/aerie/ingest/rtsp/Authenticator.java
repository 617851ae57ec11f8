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

/// Checks who a client is: Digest with SHA-256 or MD5 (RFC 7616), or Basic (RFC 7617), whichever it picks.
final class Authenticator {

    private static final String REALM = "aerie";

    private final Nonces nonces;

    Authenticator(InstantSource clock, Duration nonceLifetime, SecureRandom random) {
        nonces = new Nonces(clock, nonceLifetime, random);
    }

    /// The answer that asks the client for its credentials; empty where the request carries the right ones.
    Optional<RtspResponse> challenge(RtspMessage.Request request, Credentials wanted) {
        String authorization = request.header("Authorization").orElse("");
        int space = authorization.indexOf(' ');
        String scheme = space < 0 ? "" : authorization.substring(0, space);
        String rest = authorization.substring(space + 1).strip();
        if (scheme.equalsIgnoreCase("Basic")) {
            return isBasic(rest, wanted) ? Optional.empty() : Optional.of(unauthorized(false));
        }
        if (scheme.equalsIgnoreCase("Digest")) {
            return checkDigest(DigestAuth.parse(rest), request, wanted);
        }
        return Optional.of(unauthorized(false));
    }

    private static boolean isBasic(String base64, Credentials wanted) {
        String expected = wanted.user() + ":" + wanted.password();
        return Secrets.areEqual(Base64.getEncoder().encodeToString(expected.getBytes(StandardCharsets.UTF_8)), base64);
    }

    private Optional<RtspResponse> checkDigest(DigestAuth digest, RtspMessage.Request request, Credentials wanted) {
        boolean user = Secrets.areEqual(wanted.user(), digest.get("username"));
        boolean secret = digest.isMadeWith(request.method(), wanted);
        boolean place = digest.get("realm").equals(REALM) && isSameStream(digest.get("uri"), request.uri());
        boolean right = user && secret && place;
        return switch (nonces.check(digest.get("nonce"))) {
            case VALID -> right ? Optional.empty() : Optional.of(unauthorized(false));
            case STALE -> Optional.of(unauthorized(right));
            case FORGED -> Optional.of(unauthorized(false));
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
    private RtspResponse unauthorized(boolean stale) {
        String nonce = nonces.make();
        String digest = "Digest realm=\"" + REALM + "\", nonce=\"" + nonce + "\"" + (stale ? ", stale=true" : "");
        return RtspResponse.refused(401, "credentials are needed")
                .header("WWW-Authenticate", digest + ", algorithm=SHA-256")
                .header("WWW-Authenticate", digest + ", algorithm=MD5")
                .header("WWW-Authenticate", "Basic realm=\"" + REALM + "\"");
    }
}
