package dev.aerie.ingest.source;

import dev.aerie.ingest.stream.CaptureTime;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.rtsp.client.TcpUnitSource;
import dev.aerie.rtsp.ffmpeg.AccessUnitSource;
import dev.aerie.video.AccessUnit;
import java.io.EOFException;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/// A camera: frames arrive at its own pace, and every end is a failure. Owns `source`.
record LiveInput(StreamSource<AccessUnit> source, LongSupplier unixNanos) implements SourceInput {

    @Override
    public Frame next() throws IOException {
        try {
            var unit = source.next();
            var reported = switch (source) {
                case AccessUnitSource camera -> camera.captureTimeNanos();
                case TcpUnitSource camera -> camera.captureTimeNanos(unit.ptsTicks90k());
                default -> OptionalLong.empty();
            };
            return new Frame(unit, CaptureTime.ofReport(reported, unixNanos.getAsLong()));
        } catch (EOFException e) {
            throw new IOException("the camera ended the stream", e);
        }
    }

    @Override
    public void close() {
        source.close();
    }
}
