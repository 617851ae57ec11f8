package dev.aerie.frames.identify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What AUDIT says of text in a frame that dictates what the object is called. Fails at d493c5a.
final class AuditIdentifyTest {

    private static final VisionApi.Subject SUBJECT =
            new VisionApi.Subject("drone", "01K9JXW7Z3T4V5W6X7Y8Z9ABCD", 1, "thing");

    /// Today: IdentifierTest.
    @Test
    void m27_labelThatAFrameDictated_isAShortLine() throws Exception {
        try (var api = new FakeApi();
                var vision = new WebhookVision(api.url() + "/what", "secret", Duration.ofSeconds(20))) {
            api.answers(200, "{\"results\": [{\"label\": \"door\\nopen" + "!".repeat(1000) + "\", \"score\": 1}]}");
            String label = vision.identify(SUBJECT, List.of(new byte[] {1}))
                    .getFirst()
                    .label();
            assertThat(label).hasSizeLessThanOrEqualTo(64).doesNotContain("\n");
        }
    }
}
