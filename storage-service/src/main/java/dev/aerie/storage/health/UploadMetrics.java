package dev.aerie.storage.health;

import dev.aerie.storage.upload.Uploader;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/// How the uploads of closed segments are going.
public final class UploadMetrics {

    public UploadMetrics(MeterRegistry registry, Uploader uploader) {
        FunctionCounter.builder("aerie.uploads", uploader, Uploader::uploaded)
                .description("segments that arrived in the bucket")
                .register(registry);
        FunctionCounter.builder("aerie.uploads.failed", uploader, Uploader::failures)
                .description("tries that failed")
                .register(registry);
        Gauge.builder("aerie.uploads.set.aside", uploader, Uploader::setAside)
                .description("segments that cannot be uploaded now and are left alone")
                .register(registry);
        Gauge.builder("aerie.uploads.waiting", uploader, Uploader::waiting)
                .description("closed segments that are not in the bucket")
                .register(registry);
    }
}
