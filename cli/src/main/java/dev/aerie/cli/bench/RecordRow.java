package dev.aerie.cli.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/// One writer with one number of streams of 1920×1080 at 30 pictures a second.
///
/// - `cpuPercentPerStream`: 100 is one core
/// - `rssMb`: of all its processes together
/// - `writtenPerReceived`: bytes handed to the operating system per byte of video received
record RecordRow(
        String writer,
        int streams,
        @JsonProperty("cpu_percent_per_stream") double cpuPercentPerStream,
        @JsonProperty("rss_mb") double rssMb,
        @JsonProperty("bytes_written_per_byte_received") double writtenPerReceived) {

    static final String HEADING = "writer            streams  cpu %/stream  RSS MB  bytes written per byte received";

    static RecordRow of(RunningWriter.Used used, RunningWriter writer, int streams, double receivedBytes) {
        double cpu = 100.0 * used.cpuTime().toNanos() / used.elapsed().toNanos() / streams;
        return new RecordRow(
                writer.name(),
                streams,
                Math.round(cpu * 1000) / 1000.0,
                Math.round(used.residentBytes() / 1e5) / 10.0,
                Math.round(used.writtenBytes() / receivedBytes * 1000) / 1000.0);
    }

    /// As it stands below [#HEADING].
    String toLine() {
        return String.format(
                Locale.ROOT,
                "%-17s %7d %13.3f %7.0f %32.3f",
                writer,
                streams,
                cpuPercentPerStream,
                rssMb,
                writtenPerReceived);
    }
}
