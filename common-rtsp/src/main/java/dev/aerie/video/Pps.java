package dev.aerie.video;

/// The fields of a picture parameter set that slice headers depend on (ITU-T H.264, 7.3.2.2).
record Pps(int id, int spsId, boolean bottomFieldOrderPresent) {

    static Pps parse(NalUnit nal) throws MalformedVideoException {
        var bits = new BitReader(nal.rbsp());
        long id = bits.unsignedGolomb();
        long spsId = bits.unsignedGolomb();
        bits.bits(1); // entropy_coding_mode_flag
        boolean bottomFieldOrderPresent = bits.flag();
        if (bits.isOverrun() || id > 255 || spsId > 31) {
            throw new MalformedVideoException("PPS has id " + id + " for SPS " + spsId + ", allowed: 0..255 and 0..31");
        }
        return new Pps((int) id, (int) spsId, bottomFieldOrderPresent);
    }
}
