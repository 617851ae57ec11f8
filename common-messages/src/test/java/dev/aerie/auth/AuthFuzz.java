package dev.aerie.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/// Challenges and answers of Digest and Basic, as strangers and cameras send them.
final class AuthFuzz {

    private static final Credentials CREDENTIALS = new Credentials("ana", "a \"password\\");

    private AuthFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, UTF_8);
        var digest = DigestAuth.parse(text);
        if (digest.isMadeWith("PLAY", CREDENTIALS)) {
            throw new AssertionError("a password was guessed");
        }
        AuthChallenge.best(List.of(text)).ifPresent(challenge -> {
            String answer = challenge.answer("DESCRIBE", "rtsp://camera/1", CREDENTIALS, "0123456789abcdef");
            boolean isDigest = answer.startsWith("Digest ");
            var read = DigestAuth.parse(isDigest ? answer.substring("Digest".length()) : "");
            if (isDigest && !read.isMadeWith("DESCRIBE", CREDENTIALS)) {
                throw new AssertionError("our own answer is refused: " + answer);
            }
        });
    }
}
