package dev.aerie.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LoginSealTest {

    private static final Optional<String> SECRET = Optional.of("thirty-two random characters, say");
    private static final Duration LIFE = Duration.ofHours(12);

    private final SecureRandom random = new SecureRandom();
    private Instant now = Instant.EPOCH;

    @Test
    void open_whatWasSealed_isItUntilItsLifeIsOver() {
        var seal = seal(Optional.empty());
        String sealed = seal.seal("Basic päss", LIFE);
        assertThat(sealed).matches("[A-Za-z0-9_-]+").isNotEqualTo(seal.seal("Basic päss", LIFE));
        now = now.plus(LIFE).minusMillis(1);
        assertThat(seal.open(sealed)).contains("Basic päss");
        now = now.plusMillis(1);
        assertThat(seal.open(sealed)).isEmpty();
    }

    @Test
    void open_atAnotherServer_needsTheSameSecret() {
        String sealed = seal(SECRET).seal("Basic x", LIFE);
        assertThat(seal(SECRET).open(sealed)).contains("Basic x");
        assertThat(seal(Optional.of("another secret of this many characters")).open(sealed))
                .isEmpty();
        assertThat(seal(Optional.empty()).open(sealed)).isEmpty();
    }

    @Test
    void open_changedOrTorn_isNothing() {
        var seal = seal(SECRET);
        String sealed = seal.seal("Basic x", LIFE);
        byte[] bytes = Base64.getUrlDecoder().decode(sealed);
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] ^= 1;
            assertThat(seal.open(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)))
                    .as("byte %s", at)
                    .isEmpty();
            bytes[at] ^= 1;
        }
        for (String torn : new String[] {"", "A", "!", sealed.substring(0, 20), sealed + "A", "A".repeat(100_000)}) {
            assertThat(seal.open(torn)).isEmpty();
        }
    }

    private LoginSeal seal(Optional<String> secret) {
        return new LoginSeal(secret, random, () -> now);
    }
}
