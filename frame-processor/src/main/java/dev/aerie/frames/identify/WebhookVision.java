package dev.aerie.frames.identify;

import dev.aerie.messages.Identification.Finding;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/// A vision API with plain JSON:
///
/// ```
/// POST {"stream": …, "session": …, "object_id": 3, "label": "car", "images": ["base64 of a JPEG", …]}
/// 200  {"results": [{"label": "red van", "score": 0.9, "detail": "…"}]}
/// ```
public final class WebhookVision implements VisionApi {

    private static final String NAME = "webhook";

    private final JsonCalls calls;

    /// - `timeout`: of a whole call
    public WebhookVision(String url, String key, Duration timeout) {
        this.calls = new JsonCalls(URI.create(url), key, timeout);
    }

    @Override
    public List<Finding> identify(Subject subject, List<byte[]> frames) throws IOException, InterruptedException {
        var body = JsonCalls.JSON.createObjectNode();
        body.put("stream", subject.stream()).put("session", subject.session());
        body.put("object_id", subject.object()).put("label", subject.label());
        var images = body.putArray("images");
        frames.forEach(frame -> images.add(Base64.getEncoder().encodeToString(frame)));
        return JsonCalls.findings(calls.post(body).path("results"));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void close() {
        calls.close();
    }
}
