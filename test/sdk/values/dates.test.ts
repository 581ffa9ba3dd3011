import { InvalidDateError, InvalidParameterError } from "@consentry/sdk";
import { expect } from "chai";
import { endOf, isoOf, toEnd, toStart, UNTIL_REVOKED } from "../../../sdk/dist/values/dates.js";

const at = (iso: string): bigint => BigInt(Date.parse(iso) / 1000);

describe("a time", () => {
  const cases: [what: string, input: Parameters<typeof toEnd>[0], seconds: bigint][] = [
    ["a Date", new Date("2027-01-01T00:00:00.999Z"), at("2027-01-01T00:00:00Z")],
    ["unix seconds", 1_800_000_000, 1_800_000_000n],
    ["unix seconds as bigint", 1_800_000_000n, 1_800_000_000n],
    ["the greatest of the contract", UNTIL_REVOKED, UNTIL_REVOKED],
    ["a date-time in UTC", "2027-01-01T09:30:00Z", at("2027-01-01T09:30:00Z")],
    ["a date-time with offset", "2027-01-01T09:30+01:00", at("2027-01-01T08:30:00Z")],
    ["a date-time with fractions", "2027-01-01T09:30:00.123456789-05:30", at("2027-01-01T15:00:00Z")],
  ];
  for (const [what, input, seconds] of cases) {
    it(`may be ${what}`, () => {
      expect(toEnd(input, "until")).to.equal(seconds);
      expect(toStart(input, "from")).to.equal(seconds);
    });
  }

  it("may never come", () => {
    expect(toEnd("until-revoked", "until")).to.equal(UNTIL_REVOKED);
    expect(endOf(UNTIL_REVOKED)).to.equal("until-revoked");
    expect(() => toStart("until-revoked", "from")).to.throw(InvalidDateError);
  });

  it("beyond what a Date can hold is the last that it can", () => {
    expect((endOf(UNTIL_REVOKED - 1n) as Date).getTime()).to.equal(8_640_000_000_000_000);
    expect(isoOf(UNTIL_REVOKED)).to.equal("no time (until revoked)");
    expect(isoOf(1_800_000_000n)).to.equal("2027-01-15T08:00:00Z");
  });
});

describe("a date", () => {
  const cases: [date: string, timeZone: string | undefined, start: string, end: string][] = [
    ["2027-01-01", undefined, "2027-01-01T00:00:00Z", "2027-01-02T00:00:00Z"],
    ["2027-12-31", "UTC", "2027-12-31T00:00:00Z", "2028-01-01T00:00:00Z"],
    ["2028-02-29", "UTC", "2028-02-29T00:00:00Z", "2028-03-01T00:00:00Z"],
    ["2027-01-01", "America/New_York", "2027-01-01T05:00:00Z", "2027-01-02T05:00:00Z"],
    ["2027-01-01", "Pacific/Kiritimati", "2026-12-31T10:00:00Z", "2027-01-01T10:00:00Z"],
    ["2027-01-01", "Asia/Kathmandu", "2026-12-31T18:15:00Z", "2027-01-01T18:15:00Z"],
    // 23 and 25 hours: the clock is put on and back within the day.
    ["2026-03-29", "Europe/Berlin", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"],
    ["2026-10-25", "Europe/Berlin", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"],
    // The clock skips midnight: the day begins at one.
    ["2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"],
    ["2018-11-03", "America/Sao_Paulo", "2018-11-03T03:00:00Z", "2018-11-04T03:00:00Z"],
    // The clock goes from midnight back to eleven: the day begins at the midnight that stays.
    ["2018-02-17", "America/Sao_Paulo", "2018-02-17T02:00:00Z", "2018-02-18T03:00:00Z"],
    // The clock goes from one back to midnight, which comes twice: the first counts.
    ["2020-11-01", "America/Havana", "2020-11-01T04:00:00Z", "2020-11-02T05:00:00Z"],
  ];
  for (const [date, timeZone, start, end] of cases) {
    it(`is the whole of ${date} in ${timeZone ?? "UTC, if nothing is said"}`, () => {
      expect(toStart(date, "from", timeZone)).to.equal(at(start));
      expect(toEnd(date, "until", timeZone)).to.equal(at(end));
    });
  }
});

describe("what is no time, or could be two", () => {
  const inputs: unknown[] = [
    undefined,
    null,
    "",
    "tomorrow",
    "2027",
    "2027-1-1",
    "01/02/2027",
    "2027-02-30",
    "2027-13-01",
    "2027-00-10",
    "2027-01-01T09:30:00",
    "2027-01-01 09:30:00Z",
    "2027-01-01T24:00:00Z",
    "2027-01-01T09:60:00Z",
    "2027-02-30T09:30:00Z",
    "2027-01-01T09:30:00+99:00",
    "1969-12-31",
    new Date(NaN),
    new Date(-1),
    NaN,
    Infinity,
    -1,
    -1n,
    1.5,
    1_800_000_000_000,
    1_800_000_000_000n,
    UNTIL_REVOKED + 1n,
    {},
    true,
  ];
  for (const input of inputs) {
    it(`is refused: ${typeof input === "bigint" ? `${input}n` : String(input)}`, () => {
      for (const parse of [toStart, toEnd]) {
        expect(() => parse(input as string, "until"))
          .to.throw(InvalidDateError)
          .that.includes({ parameter: "until", code: "InvalidDate" });
      }
    });
  }

  it("an end at 0 is refused, a start at 0 is not", () => {
    expect(() => toEnd(0, "until")).to.throw(InvalidDateError);
    expect(toStart(0, "from")).to.equal(0n);
  });

  for (const year of ["0099-12-31", "0099-12-31T00:00:00Z", "1900-01-01"]) {
    it(`a year before 1970 is not taken for a later one: ${year}`, () => {
      expect(() => toEnd(year, "until"))
        .to.throw(InvalidDateError)
        .that.includes({ parameter: "until", hint: "Times before 1970 make no sense here." });
    });
  }

  for (const timeZone of ["Mars/Base", "", null, 1, ["UTC"]] as string[]) {
    it(`an unknown time zone is refused, needed or not: ${JSON.stringify(timeZone)}`, () => {
      for (const time of ["2027-01-01", "until-revoked", new Date(1_800_000_000_000)]) {
        expect(() => toEnd(time, "grants[1].until", timeZone))
          .to.throw(InvalidParameterError)
          .that.includes({ parameter: "grants[1].timeZone" });
      }
      expect(() => toStart("2027-01-01", "from", timeZone))
        .to.throw(InvalidParameterError)
        .that.includes({ parameter: "timeZone" });
    });
  }
});
