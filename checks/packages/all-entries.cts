// What a file of CommonJS gets.
import footbridge = require('footbridge');
import patterns = require('footbridge/patterns');
import http = require('footbridge/http');

const bridge: footbridge.Bridge = footbridge.createBridge();
const matches: boolean = patterns.testPattern({ source: ['com.shop'] }, { source: 'com.shop' });
export = { bridge, matches, serve: http.serve };
