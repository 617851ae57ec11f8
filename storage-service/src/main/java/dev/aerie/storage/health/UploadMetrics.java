package dev.aerie.storage.health;

import dev.aerie.storage.upload.Uploader;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/// Metrics of the uploads of closed segments.
public final class UploadMetrics {

    public UploadMetrics(MeterRegistry registry, Uploader uploader) {
        FunctionCounter.builder("aerie.uploads", uploader, Uploader::uploaded)
                .description("segments that arrived in the bucket")
                .register(registry);
        FunctionCounter.builder("aerie.uploads.failed", uploader, Uploader::failures)
                .description("attempts to upload a segment that failed")
                .register(registry);
        Gauge.builder("aerie.uploads.set.aside", uploader, Uploader::setAside)
                .description("segments whose upload failed and that are skipped for now")
                .register(registry);
        Gauge.builder("aerie.uploads.waiting", uploader, Uploader::waiting)
                .description("closed segments that are not in the bucket")
                .register(registry);
    }
}
