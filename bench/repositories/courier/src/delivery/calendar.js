'use strict';

const holidays = new Set(['01-01', '05-01', '10-03', '12-25', '12-26']);

const transitDays = { home: 2, near: 3, far: 5 };

function isWorkingDay(date) {
  const weekday = date.getUTCDay();
  if (weekday === 0 || weekday === 6) return false;
  return !holidays.has(date.toISOString().slice(5, 10));
}

function addWorkingDays(date, count) {
  const day = new Date(date);
  let left = count;
  while (left > 0) {
    day.setUTCDate(day.getUTCDate() + 1);
    if (isWorkingDay(day)) left -= 1;
  }
  return day;
}

function promisedDay(now, zone, express) {
  const days = express ? 1 : transitDays[zone];
  const late = now.getUTCHours() >= 16 ? 1 : 0;
  return addWorkingDays(now, days + late)
    .toISOString()
    .slice(0, 10);
}

module.exports = { isWorkingDay, addWorkingDays, promisedDay };
