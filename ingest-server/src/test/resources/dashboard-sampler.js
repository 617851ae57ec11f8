() => {
  // Numbers as in BarcodeClip and BarcodeDrone.
  const clip = { width: 640, cell: 32, left: 64, bits: 16 };
  const grid = { columns: 16, firstX: 40, stepX: 34, firstY: 90, stepY: 30 };
  const canvas = document.getElementById('canvas');
  const context = canvas.getContext('2d');
  const half = canvas.width / canvas.clientWidth; // half a box's line

  const readBarcode = ({ data, width }, scale) => {
    const y = Math.round((clip.cell / 2) * scale);
    let value = 0;
    for (let bit = 0; bit < clip.bits; bit++) {
      const x = Math.round((clip.left + (bit + 0.5) * clip.cell) * scale);
      if (data[(y * width + x) * 4] > 128) value |= 1 << bit;
    }
    return value;
  };

  // The upper left corner of all that has a colour; the clip itself is grey.
  const readBox = ({ data, width, height }, scale) => {
    let left = Infinity;
    let top = Infinity;
    for (let y = Math.round(50 * scale); y < height; y++) {
      for (let x = 0; x < width; x++) {
        const at = (y * width + x) * 4;
        const most = Math.max(data[at], data[at + 1], data[at + 2]);
        const least = Math.min(data[at], data[at + 1], data[at + 2]);
        if (most - least < 90) continue;
        left = Math.min(left, x);
        top = Math.min(top, y);
      }
    }
    if (left === Infinity) return -1;
    const column = Math.round(((left + half) / scale - grid.firstX) / grid.stepX);
    const row = Math.round(((top + half) / scale - grid.firstY) / grid.stepY);
    return row * grid.columns + column;
  };

  window.samples = [];
  const look = () => {
    requestAnimationFrame(look);
    const image = context.getImageData(0, 0, canvas.width, canvas.height);
    const scale = canvas.width / clip.width;
    const black = image.data[(Math.round(10 * scale) * canvas.width + 5) * 4];
    const isNamed =
      document.querySelector('#facts dd')?.textContent.startsWith('#') || document.querySelector('[data-frame]');
    if (!isNamed || black > 60) return;
    window.samples.push({ barcode: readBarcode(image, scale), box: readBox(image, scale) });
  };
  look();
};
