// What the evidence map counts and judges, from the data in its page; nothing here is shown. The
// rule is that of judging/rule.py, in whole numbers of any size: no share is ever rounded.
"use strict";
const mapCounting = ({ directions, studies, facets, factors, publications, codings, rule }) => {
  const STUDIES = studies.study_id.length, FACTORS = factors.factor_id.length, SIDES = directions.length;
  const CODINGS = codings.coding_id.length, PUBLICATIONS = publications.publication_id.length;
  const JUDGED = 2; // of the directions, the first are judged; the others count against both
  const OFTEN = 0, MIXED = 1, SOMETIMES = 2, ONCE = 3, NOT_REPORTED = 4;
  const column = (name) => Int32Array.from(codings[name]);
  const codes = { study: column("study_id"), factor: column("factor_id"), direction: column("direction"), publication: column("publication_id") };
  for (const facet of facets) facet.of = Int32Array.from(facet.of);

  // Which studies, publications and codings are kept: those of the values chosen, by the name of a
  // facet. A study is kept where a publication that reports it is, whatever codings are.
  function kept(chosen) {
    const all = (length) => new Uint8Array(length).fill(1);
    const study = all(STUDIES), publication = all(PUBLICATIONS), coding = all(CODINGS);
    for (const { name, keys, of, about } of facets) {
      if (!chosen[name]) continue;
      const mask = { studies: study, publications: publication, codings: coding }[about], wanted = keys.map((key) => chosen[name].includes(key));
      for (let n = 0; n < mask.length; n++) if (!wanted[of[n]]) mask[n] = 0;
    }
    if (publication.includes(0)) {
      const reported = new Uint8Array(STUDIES);
      publications.studies.forEach((each, n) => { if (publication[n]) for (const one of each) reported[one] = 1; });
      for (let n = 0; n < STUDIES; n++) study[n] &= reported[n];
    }
    return { study, keeps: (n) => coding[n] && study[codes.study[n]] && publication[codes.publication[n]] };
  }

  // Studies by factor, column and direction; ``axis`` has the column of each study, or none (-1).
  // Codings stand by study, factor and direction, so that a study counts once in one pass, however
  // many codings say the same.
  function count({ study, keeps }, axis) {
    const width = axis.keys.length;
    const cells = new Uint32Array(FACTORS * width * SIDES), all = new Uint32Array(FACTORS * SIDES);
    const coding = new Uint32Array(FACTORS), against = new Uint32Array(FACTORS), sizes = new Uint32Array(width);
    let total = 0, found = 0, lastCell = -1, lastUnit = -1, lastAgainst = -1;
    for (let n = 0; n < STUDIES; n++) {
      total += study[n];
      if (study[n] && axis.of[n] >= 0) sizes[axis.of[n]]++;
    }
    for (let n = 0; n < CODINGS; n++) {
      const one = codes.study[n], factor = codes.factor[n], side = codes.direction[n], unit = one * FACTORS + factor;
      if (!keeps(n)) continue;
      found++;
      if (unit * SIDES + side === lastCell) continue;
      lastCell = unit * SIDES + side;
      all[factor * SIDES + side]++;
      if (axis.of[one] >= 0) cells[(factor * width + axis.of[one]) * SIDES + side]++;
      if (unit !== lastUnit) coding[factor]++;
      lastUnit = unit;
      if (side < JUDGED || unit === lastAgainst) continue;
      against[factor]++;
      lastAgainst = unit;
    }
    return { axis, width, cells, all, coding, against, sizes, total, found };
  }

  // A share in per cent as two whole numbers, or null where it is none from 0 to 100.
  function shareOf(text) {
    const [, whole, decimals = ""] = /^(?=\.?\d)(\d*)(?:\.(\d{1,12}))?$/.exec(text) ?? [];
    if (whole === undefined) return null;
    const share = [BigInt(whole + decimals), 100n * 10n ** BigInt(decimals.length)];
    return share[0] <= share[1] ? share : null;
  }

  // Whether a threshold that a reader typed can be applied.
  const applies = { min: (text) => /^\d+$/.test(text) && BigInt(text) > 0n, share: (text) => shareOf(text) !== null };

  // The thresholds of a reader (the least number of studies, the least share in per cent), each
  // that of the protocol where null; ``own`` where they are not the protocol's.
  function threshold(least, share) {
    const min = BigInt(least ?? rule.min), declared = rule.share.map(BigInt);
    const [part, parts] = share === null ? declared : shareOf(share);
    return { min, share: [part, parts], own: min !== BigInt(rule.min) || part * declared[1] !== declared[0] * parts };
  }

  // How many studies are required, and the step of the ladder of each factor and judged direction.
  function judge({ all, coding, against, total }, { min, share: [part, parts] }) {
    const byShare = (part * BigInt(total) + parts - 1n) / parts, required = Number(byShare > min ? byShare : min);
    const [few, of] = rule.mixed.map(BigInt), steps = new Uint8Array(FACTORS * SIDES);
    for (let factor = 0; factor < FACTORS; factor++) {
      const settled = BigInt(against[factor]) * of <= few * BigInt(coding[factor]);
      for (let side = 0; side < JUDGED; side++) {
        const n = all[factor * SIDES + side], below = n === 0 ? NOT_REPORTED : n === 1 ? ONCE : SOMETIMES;
        steps[factor * SIDES + side] = n && n >= required ? (settled ? OFTEN : MIXED) : below;
      }
    }
    return { required, steps };
  }

  return { STUDIES, FACTORS, CODINGS, SIDES, JUDGED, OFTEN, codes, kept, count, applies, threshold, judge };
};
