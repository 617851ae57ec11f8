package dev.aerie.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class GuessesTest {

    private long nanos = Long.MAX_VALUE - 5; // as System.nanoTime() may be: it overflows
    private final Guesses guesses = new Guesses(() -> nanos);

    @Test
    void mayGuess_afterTenWrongOnes_onceASecond() throws Exception {
        var guesser = InetAddress.getByName("10.0.0.1");
        for (int i = 0; i < Guesses.AT_ONCE; i++) {
            assertThat(guesses.mayGuess(guesser)).isTrue();
            guesses.wrong(guesser);
        }
        assertThat(guesses.mayGuess(guesser)).isFalse();
        assertThat(guesses.mayGuess(InetAddress.getByName("10.0.0.2"))).isTrue();
        nanos += Duration.ofSeconds(1).toNanos();
        assertThat(guesses.mayGuess(guesser)).isTrue();
        guesses.wrong(guesser);
        assertThat(guesses.mayGuess(guesser)).isFalse();
    }

    @Test
    void mayGuess_afterAWhile_allAreForgotten() throws Exception {
        var guesser = InetAddress.getByName("10.0.0.1");
        for (int i = 0; i < Guesses.AT_ONCE; i++) {
            guesses.wrong(guesser);
        }
        nanos += Duration.ofMinutes(1).toNanos();
        for (int i = 0; i < Guesses.AT_ONCE; i++) {
            assertThat(guesses.mayGuess(guesser)).isTrue();
            guesses.wrong(guesser);
        }
        assertThat(guesses.mayGuess(guesser)).isFalse();
    }

    @Test
    void wrong_fromEveryAddressThereIs_isRememberedOfTheLatest() throws Exception {
        var guesser = InetAddress.getByName("192.0.2.1");
        for (int i = 0; i < 20_000; i++) {
            guesses.wrong(InetAddress.getByAddress(new byte[] {10, 0, (byte) (i >> 8), (byte) i}));
        }
        for (int i = 0; i < Guesses.AT_ONCE; i++) {
            guesses.wrong(guesser);
        }
        assertThat(guesses.mayGuess(guesser)).isFalse();
    }
}
