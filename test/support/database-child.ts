import { openDatabase } from '#adapters/postgres/database.ts'

// A process of its own that uses the embedded database until its standard input ends.
const database = await openDatabase({ databaseUrl: null, directory: process.argv[2] ?? '' })
process.stdout.write(`up ${database.url}\n`)
process.stdin.resume()
process.stdin.on('end', () => {
  void database.stop().then(() => process.stdout.write('left\n'))
})
