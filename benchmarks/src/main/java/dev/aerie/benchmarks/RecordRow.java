package dev.aerie.benchmarks;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/// One writer with one number of streams of 1920×1080 at 30 frames a second.
///
/// - `cpuPercentPerStream`: 100 is one core
/// - `compilingPercentPerStream`: of it, Java's JIT compiler
/// - `rssMb`: sum over its processes
/// - `writtenPerReceived`: bytes handed to the operating system per byte of video received
record RecordRow(
        String writer,
        int streams,
        @JsonProperty("cpu_percent_per_stream") double cpuPercentPerStream,
        @JsonProperty("compiling_percent_per_stream") double compilingPercentPerStream,
        @JsonProperty("rss_mb") double rssMb,
        @JsonProperty("bytes_written_per_byte_received") double writtenPerReceived) {

    static final String HEADING =
            "writer            streams  cpu %/stream  of it compiling  RSS MB  bytes written per byte received";

    static RecordRow of(RunningWriter.Used used, RunningWriter writer, int streams, double receivedBytes) {
        double perNano = 100.0 / used.elapsed().toNanos() / streams;
        return new RecordRow(
                writer.name(),
                streams,
                Math.round(perNano * used.cpuTime().toNanos() * 1000) / 1000.0,
                Math.round(perNano * used.compiling().toNanos() * 1000) / 1000.0,
                Math.round(used.residentBytes() / 1e5) / 10.0,
                Math.round(used.writtenBytes() / receivedBytes * 1000) / 1000.0);
    }

    /// The row below [#HEADING].
    String toLine() {
        return String.format(
                Locale.ROOT,
                "%-17s %7d %13.3f %16.3f %7.0f %32.3f",
                writer,
                streams,
                cpuPercentPerStream,
                compilingPercentPerStream,
                rssMb,
                writtenPerReceived);
    }
}
