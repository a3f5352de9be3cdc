// policy.test.js - what csp_evaluator says of our content security policies
// (HD1), and that it speaks of a bad one.
//
// usage: node policy.test.js POLICY...
'use strict';

const path = require('path');
const dist = path.join(process.env.NODE_MODULES, 'csp_evaluator/dist');
const { CspEvaluator } = require(path.join(dist, 'evaluator.js'));
const { CspParser } = require(path.join(dist, 'parser.js'));
const { Severity } = require(path.join(dist, 'finding.js'));

// "Medium, maybe" is what it says of 'self', in case strangers upload scripts.
function findings(policy) {
  return new CspEvaluator(new CspParser(policy).csp).evaluate()
    .filter((f) => f.severity < Severity.MEDIUM_MAYBE)
    .map((f) => `${f.directive} ${f.value || ''}: ${f.description}`);
}

let failed = 0;
function expect(what, ok, seen) {
  console.log(`${ok ? 'ok' : 'FAIL'}: ${what}${ok ? '' : ` (${seen})`}`);
  if (!ok) failed++;
}

const policies = process.argv.slice(2);
expect('there is a policy', policies.length > 0 && !policies.includes(''), policies);
for (const policy of policies) {
  const found = findings(policy);
  expect('nothing is found in a policy of ours', found.length === 0, found);
  for (const bad of ["script-src 'unsafe-inline'", 'script-src *', "script-src 'self' https:"]) {
    expect(`${bad} would be`, findings(policy.replace("script-src 'self'", bad)).length > 0, policy);
  }
}
process.exit(failed ? 1 : 0);
