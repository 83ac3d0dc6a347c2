/** The rules of a production that is probed, counted and reported on; `plan`: more lines of how it is deployed. */
export const deployRules = (plan: string) => `environments:
  production:
    deploy:
      probes: [{ url: 'http://shop.example/health' }]
      metrics: { json: 'http://shop.example/counts' }
      reports: { label: broken }
${plan}`
