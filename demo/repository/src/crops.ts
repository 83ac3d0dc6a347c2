import type { Target } from './climate.ts'

export type Crop = 'tomato' | 'lettuce' | 'orchid'

export function targetFor(crop: Crop): Target {
  switch (crop) {
    case 'tomato':
      return { celsius: [20, 27], humidity: [60, 75], hoursOfLight: 14 }
    case 'lettuce':
      return { celsius: [14, 20], humidity: [50, 70], hoursOfLight: 12 }
    case 'orchid':
      return { celsius: [18, 25], humidity: [65, 85], hoursOfLight: 10 }
  }
}
