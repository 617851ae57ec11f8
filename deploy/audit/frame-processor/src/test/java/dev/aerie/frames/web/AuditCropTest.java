package dev.aerie.frames.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.frames.crop.CropDesk;
import dev.aerie.frames.testing.SeenPictures;
import dev.aerie.frames.testing.ThingWorld;
import dev.aerie.frames.testing.ThingWorld.Thing;
import dev.aerie.messages.Box;
import dev.aerie.web.ProblemException;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// What AUDIT says of enhanced pictures. Fails at d493c5a.
final class AuditCropTest {

    private static final String SESSION = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";
    private static final int AT_ONCE = 40;
    private static final Box PLACE = new Box(20, 20, 200, 150);

    /// Today: CropResourceTest. They begin at once and take long, so that many of them are under way together.
    @Test
    void m22_manyAskedAtOnce_someAreRefused() throws Exception {
        var desk = new CropDesk();
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, PLACE));
        try (var crops = desk.open("drone");
                var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int i = 0; i < 10; i++) {
                crops.take(SeenPictures.of(world.frame(SESSION, i), PLACE));
            }
            var resource = new CropResource(desk);
            var begin = new CountDownLatch(1);
            var answers = new ArrayList<CompletableFuture<Boolean>>();
            for (int i = 0; i < AT_ONCE; i++) {
                answers.add(CompletableFuture.supplyAsync(() -> isRefused(resource, begin), threads));
            }
            begin.countDown();
            assertThat(answers.stream().map(CompletableFuture::join).filter(Boolean::booleanValue))
                    .as("refused with 429")
                    .isNotEmpty();
        }
    }

    private static boolean isRefused(CropResource resource, CountDownLatch begin) {
        try {
            begin.await();
            resource.enhanced("drone", 1);
            return false;
        } catch (ProblemException _) {
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
