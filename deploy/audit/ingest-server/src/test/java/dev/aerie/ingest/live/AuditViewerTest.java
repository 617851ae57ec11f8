package dev.aerie.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What AUDIT says of viewers. Fails at d493c5a.
final class AuditViewerTest {

    private static final long LIMIT_SECONDS = 15;

    /// Today: ViewerFeedTest.
    @Test
    void m5_whatAViewerGets_isNotMadeOnThePublishersThread() throws Exception {
        var writer = new CompletableFuture<Thread>();
        var reader = new LiveReader(
                new Wire() {
                    @Override
                    public CompletionStage<Void> send(Payload payload) {
                        writer.complete(Thread.currentThread());
                        return CompletableFuture.completedFuture(null);
                    }

                    @Override
                    public void close(String reason) {}
                },
                new AnnexBFormat("drone"),
                () -> {});
        reader.accept(TestUnits.unit(0, 15));
        assertThat(writer.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isNotEqualTo(Thread.currentThread());
    }
}
