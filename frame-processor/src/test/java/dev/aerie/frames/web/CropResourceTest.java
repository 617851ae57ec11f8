package dev.aerie.frames.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aerie.frames.crop.CropStore;
import dev.aerie.frames.testing.ProcessedFrames;
import dev.aerie.messages.Box;
import dev.aerie.service.web.ProblemException;
import dev.aerie.vision.testing.ThingWorld;
import dev.aerie.vision.testing.ThingWorld.Thing;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class CropResourceTest {

    private static final String SESSION = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";
    private static final Box PLACE = new Box(100, 80, 50, 40);

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    /// Each takes a core: requests side by side would take them all.
    @Test
    void enhanced_whileAnotherIsMade_isRefused_andMadeLater() throws Exception {
        var store = new CropStore();
        var resource = new CropResource(store, _ -> enhanceSlowly());
        var frame = ThingWorld.of(Thing.still(ThingWorld.RED, PLACE)).frame(SESSION, 0);
        try (var crops = store.open("drone")) {
            crops.accept(ProcessedFrames.of(frame, PLACE));
            var first = CompletableFuture.supplyAsync(() -> resource.enhanced("drone", 1));
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> resource.enhanced("drone", 1))
                    .matches(refused -> refused.problem().status() == 429);
            goOn.countDown();
            assertThat(first.get(20, TimeUnit.SECONDS)).hasSize(1);
            assertThat(resource.enhanced("drone", 1)).hasSize(1);
        }
    }

    private byte[] enhanceSlowly() {
        begun.countDown();
        try {
            assertThat(goOn.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new byte[] {1};
    }
}
