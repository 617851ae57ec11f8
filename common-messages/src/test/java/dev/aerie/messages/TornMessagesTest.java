package dev.aerie.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.testing.TornMessages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A message that is none is refused in words, whatever is wrong with it.
final class TornMessagesTest {

    private static final int COUNT = 5_000;

    @Test
    @Timeout(60)
    void read_tornMessages_areReadOrRefusedInWords() {
        int taken = TornMessages.giveTo((_, body) -> Messages.write(Messages.read(body)), 20_261_122, COUNT);
        assertThat(taken).isBetween(1, 2 * COUNT / 3);
    }
}
