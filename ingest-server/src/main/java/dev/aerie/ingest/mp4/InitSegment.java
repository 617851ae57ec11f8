package dev.aerie.ingest.mp4;

import java.nio.ByteBuffer;

/// The head of a fragmented MP4 with one video track: `ftyp` and a `moov` without samples.
final class InitSegment {

    /// Ticks per second of the track.
    static final int TIMESCALE = 90_000;

    static final int TRACK_ID = 1;

    private static final int MOVIE_TIMESCALE = 1_000;
    private static final int EXPECTED_BYTES = 1_024;
    private static final int LANGUAGE_UNDETERMINED = 0x55c4;
    private static final int DOTS_PER_INCH_72 = 0x0048_0000;
    private static final int DEPTH_24_BITS = 0x0018;

    private final AvcTrack track;

    private InitSegment(AvcTrack track) {
        this.track = track;
    }

    static ByteBuffer of(AvcTrack track) {
        var init = new InitSegment(track);
        return new BoxWriter(EXPECTED_BYTES)
                .box("ftyp", box -> box.letters("iso6").u32(0).letters("iso6").letters("mp41"))
                .box("moov", init::movie)
                .finish();
    }

    private void movie(BoxWriter moov) {
        moov.fullBox("mvhd", 0, 0, box -> {
            box.zeros(8).u32(MOVIE_TIMESCALE).u32(0); // times of creation and change, timescale, duration
            box.u32(0x0001_0000).u16(0x0100).zeros(10); // rate 1, volume 1
            matrix(box).zeros(24).u32(TRACK_ID + 1);
        });
        moov.box("trak", this::track);
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
            box.zeros(8).u32(TRACK_ID).zeros(4).u32(0).zeros(8); // times, track, duration
            box.zeros(8); // layer, group, volume
            matrix(box).u32(track.size().widthPixels() << 16).u32(track.size().heightPixels() << 16);
        });
        trak.box("mdia", mdia -> {
            mdia.fullBox(
                    "mdhd",
                    0,
                    0,
                    box -> box.zeros(8)
                            .u32(TIMESCALE)
                            .u32(0)
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
            stbl.fullBox("stsd", 0, 0, stsd -> stsd.u32(1).box("avc1", this::sampleEntry));
            stbl.fullBox("stts", 0, 0, box -> box.u32(0));
            stbl.fullBox("stsc", 0, 0, box -> box.u32(0));
            stbl.fullBox("stsz", 0, 0, box -> box.u32(0).u32(0));
            stbl.fullBox("stco", 0, 0, box -> box.u32(0));
        });
    }

    private void sampleEntry(BoxWriter avc1) {
        avc1.zeros(6).u16(1).zeros(16); // data reference 1
        avc1.u16(track.size().widthPixels()).u16(track.size().heightPixels());
        avc1.u32(DOTS_PER_INCH_72).u32(DOTS_PER_INCH_72).u32(0);
        avc1.u16(1).zeros(32).u16(DEPTH_24_BITS).u16(0xffff); // one frame per sample, no name, no colour table
        track.writeAvcC(avc1);
    }

    /// The unit matrix in 16.16 and 2.30 fixed point.
    private static BoxWriter matrix(BoxWriter box) {
        box.u32(0x0001_0000).u32(0).u32(0);
        box.u32(0).u32(0x0001_0000).u32(0);
        return box.u32(0).u32(0).u32(0x4000_0000);
    }
}
