package dev.aerie.video.mp4;

import java.util.Optional;

/// The `moov` box of a file with one track of video.
public final class MovieBox {

    /// Ticks per second of the track.
    public static final int TIMESCALE = 90_000;

    /// The only track.
    public static final int TRACK_ID = 1;

    private static final int MOVIE_TIMESCALE = 1_000;
    private static final int TICKS_PER_MILLI = TIMESCALE / MOVIE_TIMESCALE;
    private static final int LANGUAGE_UNDETERMINED = 0x55c4;
    private static final int DOTS_PER_INCH_72 = 0x0048_0000;
    private static final int DEPTH_24_BITS = 0x0018;

    private final VideoTrack track;
    private final SampleTable samples;
    private final Optional<Edit> edit;

    /// The presented part of the track, in its ticks: start and duration.
    public record Edit(long fromTicks, long durationTicks) {}

    private MovieBox(VideoTrack track, SampleTable samples, Optional<Edit> edit) {
        this.track = track;
        this.samples = samples;
        this.edit = edit;
    }

    /// Without samples: they follow in fragments.
    public static void writeFragmented(BoxWriter out, VideoTrack track) {
        out.box("moov", new MovieBox(track, SampleTable.NONE, Optional.empty())::movie);
    }

    /// With all samples, which lie somewhere in the same file. Throws [IllegalArgumentException] for an empty list.
    public static void writeComplete(BoxWriter out, VideoTrack track, SampleTable samples) {
        writeComplete(out, track, samples, Optional.empty());
    }

    /// The same for a track presented in part; the samples before it are needed for decoding.
    public static void writeEdited(BoxWriter out, VideoTrack track, SampleTable samples, Edit edit) {
        writeComplete(out, track, samples, Optional.of(edit));
    }

    private static void writeComplete(BoxWriter out, VideoTrack track, SampleTable samples, Optional<Edit> edit) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("a complete file has samples");
        }
        out.box("moov", new MovieBox(track, samples, edit)::movie);
    }

    private void movie(BoxWriter moov) {
        moov.fullBox("mvhd", 0, 0, box -> {
            box.zeros(8); // times of creation and change
            box.u32(MOVIE_TIMESCALE).u32(durationMillis());
            box.u32(0x0001_0000).u16(0x0100).zeros(10); // rate 1, volume 1
            matrix(box).zeros(24).u32(TRACK_ID + 1);
        });
        moov.box("trak", this::track);
        if (samples.isEmpty()) {
            fragmentDefaults(moov);
        }
    }

    private static void fragmentDefaults(BoxWriter moov) {
        moov.box(
                "mvex",
                mvex -> mvex.fullBox(
                        "trex",
                        0,
                        0,
                        box -> box.u32(TRACK_ID).u32(1).u32(0).u32(0).u32(0)));
    }

    private void track(BoxWriter trak) {
        int enabledInMovieAndPreview = 7;
        trak.fullBox("tkhd", 0, enabledInMovieAndPreview, box -> {
            box.zeros(8).u32(TRACK_ID).zeros(4).u32(durationMillis()).zeros(8); // times first
            box.zeros(8); // layer, group, volume
            matrix(box).u32(track.size().widthPixels() << 16).u32(track.size().heightPixels() << 16);
        });
        edit.ifPresent(shown -> trak.box("edts", edts -> editList(edts, shown)));
        trak.box("mdia", mdia -> {
            mdia.fullBox(
                    "mdhd",
                    0,
                    0,
                    box -> box.zeros(8)
                            .u32(TIMESCALE)
                            .u32((int) samples.durationTicks())
                            .u16(LANGUAGE_UNDETERMINED)
                            .u16(0));
            mdia.fullBox(
                    "hdlr", 0, 0, box -> box.u32(0).letters("vide").zeros(12).letters("Aerie\0"));
            mdia.box("minf", this::media);
        });
    }

    private void media(BoxWriter minf) {
        minf.fullBox("vmhd", 0, 1, box -> box.zeros(8));
        minf.box("dinf", dinf -> dinf.fullBox("dref", 0, 0, dref -> dref.u32(1).fullBox("url ", 0, 1, _ -> {})));
        minf.box("stbl", stbl -> {
            stbl.fullBox(
                    "stsd", 0, 0, stsd -> stsd.u32(1).box(track.videoCodec().sampleEntry(), this::sampleEntry));
            samples.write(stbl);
        });
    }

    private void editList(BoxWriter edts, Edit shown) {
        edts.fullBox(
                "elst",
                1,
                0,
                elst -> elst.u32(1).u64(durationMillis()).u64(shown.fromTicks()).u32(0x0001_0000)); // at its own speed
    }

    /// Rounded up, so that the last frame is included.
    private int durationMillis() {
        long ticks = edit.map(Edit::durationTicks).orElse(samples.durationTicks());
        return Math.toIntExact(Math.ceilDiv(ticks, TICKS_PER_MILLI));
    }

    private void sampleEntry(BoxWriter entry) {
        entry.zeros(6).u16(1).zeros(16); // data reference 1
        entry.u16(track.size().widthPixels()).u16(track.size().heightPixels());
        entry.u32(DOTS_PER_INCH_72).u32(DOTS_PER_INCH_72).u32(0);
        entry.u16(1).zeros(32).u16(DEPTH_24_BITS).u16(0xffff); // one frame per sample, no name, no colour table
        DecoderConfiguration.write(entry, track);
    }

    /// The unit matrix in 16.16 and 2.30 fixed point.
    private static BoxWriter matrix(BoxWriter box) {
        box.u32(0x0001_0000).u32(0).u32(0);
        box.u32(0).u32(0x0001_0000).u32(0);
        return box.u32(0).u32(0).u32(0x4000_0000);
    }
}
