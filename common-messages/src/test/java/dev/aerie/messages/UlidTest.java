package dev.aerie.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class UlidTest {

    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

    @Test
    void parse_whatToStringWrote_isTheSame() {
        for (int i = 0; i < 1000; i++) {
            var ulid = new Ulid(random.nextLong(), random.nextLong());
            assertThat(Ulid.parse(ulid.toString())).isEqualTo(ulid);
        }
    }

    @Test
    void toString_ofTheSpecificationsTime_startsAsItSays() {
        var ulid = Ulid.next(InstantSource.fixed(Instant.ofEpochMilli(1469918176385L)), random);
        assertThat(ulid.toString()).startsWith("01ARYZ6S41").hasSize(26);
    }

    @Test
    void next_later_sortsLaterAsTextToo() {
        var early = Ulid.next(InstantSource.fixed(Instant.ofEpochMilli(1_000)), random);
        var late = Ulid.next(InstantSource.fixed(Instant.ofEpochMilli(2_000)), random);
        assertThat(early).isLessThan(late);
        assertThat(early.toString()).isLessThan(late.toString());
    }

    @Test
    void nextAfter_clockSetBack_stillSortsBehind() {
        var clock = new Instant[] {Instant.ofEpochSecond(1_763_712_000)};
        var before = Ulid.next(() -> clock[0], random);
        clock[0] = Instant.ofEpochSecond(12);
        for (int i = 0; i < 100; i++) {
            var next = Ulid.nextAfter(before, () -> clock[0], random);
            assertThat(next.toString()).isGreaterThan(before.toString());
            before = next;
        }
        assertThat(Ulid.nextAfter(new Ulid(5, -1), () -> Instant.EPOCH, random)).isGreaterThan(new Ulid(5, -1));
    }

    @Test
    void parse_wrongLetters_saysWhatIsExpected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ulid.parse("U".repeat(26)))
                .withMessageContaining("Crockford");
        assertThatIllegalArgumentException().isThrownBy(() -> Ulid.parse("8" + "Z".repeat(25)));
        assertThatIllegalArgumentException().isThrownBy(() -> Ulid.parse("short"));
    }
}
