// What a file of CommonJS gets, and that it is no other than what an ES module gets.
import footbridge = require('footbridge');
import patterns = require('footbridge/patterns');
import http = require('footbridge/http');
import templates = require('footbridge/templates');

import type { Bridge, TargetError, VirtualClock } from 'footbridge' with { 'resolution-mode': 'import' };
import type { RuleIndex } from 'footbridge/patterns' with { 'resolution-mode': 'import' };

const clock: VirtualClock = footbridge.virtualClock();
const bridge: Bridge<never, VirtualClock> = footbridge.createBridge({ clock });
const error: TargetError = new footbridge.TargetError('THROTTLING');
const index: RuleIndex<string> = new patterns.RuleIndex<string>();
const matches: boolean = patterns.testPattern({ source: ['com.shop'] }, { source: 'com.shop' });
export = { bridge, error, index, matches, serve: http.serve, loadTemplate: templates.loadTemplate };
