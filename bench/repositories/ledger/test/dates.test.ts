import { expect, test } from 'vitest'

import { addDays, addMonths, daysBetween, isDay, isWithin } from '../src/dates.js'

test('a month later is never in the month after', () => {
  expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
  expect(addMonths('2026-11-30', 3)).toBe('2027-02-28')
})

test('days are counted across a year', () => {
  expect(addDays('2026-12-30', 3)).toBe('2027-01-02')
  expect(daysBetween('2026-12-30', '2027-01-02')).toBe(3)
})

test('a day is a real day', () => {
  expect(isDay('2026-02-28')).toBe(true)
  expect(isDay('2026-02-30')).toBe(false)
  expect(isDay('yesterday')).toBe(false)
})

test('a period includes both ends', () => {
  expect(isWithin('2026-01-31', '2026-01-01', '2026-01-31')).toBe(true)
})
