package dev.aerie.ptz.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Two people at one camera, each for ten seconds after the last command.
final class OperatorLeaseTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final OperatorLease lease = new OperatorLease(Duration.ofSeconds(10));
    private final long start = Long.MAX_VALUE - SECOND; // System.nanoTime() may overflow

    @Test
    void take_byAnother_changesHandsAndSaysFromWhom() {
        assertThat(lease.take("ana", start)).contains(new OperatorLease.Change("ana", Optional.empty()));
        assertThat(lease.take("ana", start + SECOND)).isEmpty();
        assertThat(lease.take("ben", start + 2 * SECOND)).contains(new OperatorLease.Change("ben", Optional.of("ana")));
        assertThat(lease.holder(start + 2 * SECOND)).contains("ben");
        assertThat(lease.left(start + 5 * SECOND)).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void holder_tenSecondsAfterTheLastCommand_isNobodyAndToldOnce() {
        lease.take("ana", start);
        lease.take("ana", start + 5 * SECOND);

        assertThat(lease.expired(start + 14 * SECOND)).isEmpty();
        assertThat(lease.holder(start + 15 * SECOND)).isEmpty();
        assertThat(lease.expired(start + 15 * SECOND)).contains("ana");
        assertThat(lease.expired(start + 16 * SECOND)).isEmpty();
        assertThat(lease.left(start + 16 * SECOND)).isZero();
    }

    @Test
    void release_byTheHolderAlone_letsGo() {
        lease.take("ana", start);

        assertThat(lease.release("ben", start)).isFalse();
        assertThat(lease.release("ana", start)).isTrue();
        assertThat(lease.release("ana", start)).isFalse();
        assertThat(lease.expired(start + 20 * SECOND)).isEmpty();
    }
}
